package com.example.platform.event;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A whole number that isn't negative, up to what every JSON reader keeps exactly: 2^53 - 1. */
@PositiveOrZero
@Max(9_007_199_254_740_991L)
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Count {
  String message() default "must be from 0 to 2^53 - 1";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
