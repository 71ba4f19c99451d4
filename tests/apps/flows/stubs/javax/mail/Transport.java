package javax.mail;
public abstract class Transport { public static void send(Message message) throws Exception { } }
