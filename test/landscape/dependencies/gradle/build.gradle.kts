plugins {
    id("org.springframework.boot") version "4.0.1"
}
val clientVersion = "3.9.1"
dependencies {
    implementation("org.apache.kafka:kafka-clients:$clientVersion")
    implementation(libs.kafka.streams)
    // implementation("org.apache.kafka:connect-api:1.0")
    testImplementation("org.springframework.kafka:spring-kafka-test")
}
