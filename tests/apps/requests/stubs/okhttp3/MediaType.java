package okhttp3;
public class MediaType {
    public static MediaType parse(String type) {
        return null;
    }
}
