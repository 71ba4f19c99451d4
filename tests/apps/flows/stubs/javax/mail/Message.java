package javax.mail;
public abstract class Message { }
