package org.jivesoftware.smack;
public class Chat { public void sendMessage(String text) { } }
