package com.alibaba.fastjson.annotation;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Retention(RetentionPolicy.RUNTIME)
public @interface JSONField {
    String name() default "";

    boolean serialize() default true;
}
