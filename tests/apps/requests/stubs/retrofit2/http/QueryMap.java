package retrofit2.http;
import java.lang.annotation.*;
@Retention(RetentionPolicy.RUNTIME)
public @interface QueryMap {}
