package org.jivesoftware.smack;
public class Chat { public Chat() { } public void sendMessage(String text) { } }
