package shop

import org.apache.kafka.clients.producer.KafkaProducer
import org.apache.kafka.clients.producer.ProducerRecord
import java.util.Properties

class Orders(private val settings: Properties) {
    fun send(orders: List<String>) {
        for (order in orders) {
            // expect KP016
            val producer = KafkaProducer<String, String>(settings)
            producer.send(ProducerRecord("orders", order)) { _, failure -> failure?.let { throw it } }
            producer.close()
        }
    }
}
