package com.example.orders;

final class Topics {
  static final String PREFIX = "shop";
  static final String ORDERS = PREFIX + ".orders.v1";
  static final String PAYMENTS = "shop.payments.v1";

  private Topics() {}
}
