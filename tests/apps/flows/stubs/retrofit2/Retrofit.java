package retrofit2;
public final class Retrofit {
    public <T> T create(Class<T> type) { return null; }
    public static final class Builder {
        public Builder baseUrl(String url) { return this; }
        public Retrofit build() { return null; }
    }
}
