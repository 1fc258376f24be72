package com.example.platform;

import com.example.platform.event.Domain;
import com.example.platform.pageviews.EventDomain;

/** Names the package of this project's use case; everything about it is in there. */
public final class UseCase {
  public static final Domain<?> DOMAIN = new EventDomain();

  private UseCase() {}
}
