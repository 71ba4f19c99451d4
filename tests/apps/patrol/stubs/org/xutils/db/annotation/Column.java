package org.xutils.db.annotation; import java.lang.annotation.*;
@Retention(RetentionPolicy.RUNTIME) public @interface Column { String name(); boolean isId() default false; boolean autoGen() default true; String property() default ""; }
