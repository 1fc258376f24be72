package com.example.platform.generate;

/** An event as it is posted, and the key that keeps it in order. */
record Sample(String key, byte[] json) {}
