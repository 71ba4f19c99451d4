package retrofit2;
public class Retrofit {
    public <T> T create(Class<T> declares) {
        return null;
    }
    public static class Builder {
        public Builder baseUrl(String url) {
            return this;
        }
        public Retrofit build() {
            return null;
        }
    }
}
