package com.j256.ormlite.field;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Retention(RetentionPolicy.RUNTIME)
public @interface DatabaseField {
    String columnName() default "";

    boolean generatedId() default false;
}
