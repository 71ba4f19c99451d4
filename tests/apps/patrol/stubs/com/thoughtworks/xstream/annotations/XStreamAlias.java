package com.thoughtworks.xstream.annotations; import java.lang.annotation.*;
@Retention(RetentionPolicy.RUNTIME) public @interface XStreamAlias { String value(); }
