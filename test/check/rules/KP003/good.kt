package events

import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerConfig
import java.util.Properties

fun producer(servers: String, idempotent: Boolean): KafkaProducer<String, String> {
    val settings = Properties()
    settings[ProducerConfig.BOOTSTRAP_SERVERS_CONFIG] = servers
    settings[ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG] = idempotent
    return KafkaProducer(settings)
}
