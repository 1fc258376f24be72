package com.example.platform.transformer;

import org.springframework.kafka.core.TransactionIdSuffixStrategy;

/**
 * KAFKA_TRANSACTIONAL_ID as it is. Spring numbers its producers; here one thread has one producer,
 * and the id is what rights are given to and what fences an instance that was thought dead.
 */
final class OneTransactionalId implements TransactionIdSuffixStrategy {
  @Override
  public String acquireSuffix(String prefix) {
    return "";
  }

  @Override
  public void releaseSuffix(String prefix, String suffix) {
    // There is only one.
  }
}
