package okhttp3;
public class Response {}
