package shop

import org.apache.kafka.clients.consumer.Consumer
// expect KP019
import org.apache.kafka.clients.producer.UniformStickyPartitioner
import java.util.Properties

fun settings() = Properties().apply { put("partitioner.class", UniformStickyPartitioner::class.java.name) }

fun read(consumer: Consumer<String, String>) {
    // expect KP019
    consumer.poll(1_000L).forEach { println(it) }
}
