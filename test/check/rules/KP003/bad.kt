package events

import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerConfig
import java.util.Properties

fun producer(servers: String): KafkaProducer<String, String> {
    val settings = Properties().apply {
        put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers)
        // expect KP003
        put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false")
    }
    return KafkaProducer(settings)
}
