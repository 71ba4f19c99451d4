package okhttp3;

public class FormBody {
    public static final class Builder {
        public Builder add(String name, String value) {
            return this;
        }

        public FormBody build() {
            return null;
        }
    }
}
