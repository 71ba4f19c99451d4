package okhttp3;

public interface Callback {}
