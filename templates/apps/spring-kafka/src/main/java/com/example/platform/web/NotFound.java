package com.example.platform.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such thing. */
public final class NotFound extends ErrorResponseException {
  private static final long serialVersionUID = 1;

  public NotFound() {
    super(HttpStatus.NOT_FOUND);
  }
}
