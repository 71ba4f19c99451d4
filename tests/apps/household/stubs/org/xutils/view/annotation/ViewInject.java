package org.xutils.view.annotation;
import java.lang.annotation.*;
@Target(ElementType.FIELD) @Retention(RetentionPolicy.RUNTIME)
public @interface ViewInject { int value(); }
