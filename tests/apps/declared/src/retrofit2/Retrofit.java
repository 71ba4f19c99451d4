package retrofit2;

/** As far as this test needs the class of that name. */
public class Retrofit {
    public static class Builder {
        public native Builder baseUrl(String address);
    }
}
