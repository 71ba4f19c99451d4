package retrofit2;

/** As far as this test needs the class of that name. */
public class Retrofit {
    public native <T> T create(Class<T> service);

    public static class Builder {
        public native Builder baseUrl(String address);

        public native Retrofit build();
    }
}
