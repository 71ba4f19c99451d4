package org.simpleframework.xml; import java.lang.annotation.*;
@Retention(RetentionPolicy.RUNTIME) public @interface Attribute { String name() default ""; boolean required() default true; boolean inline() default false; }
