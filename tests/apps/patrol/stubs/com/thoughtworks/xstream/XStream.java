package com.thoughtworks.xstream;
public class XStream { public void alias(String n, Class c){} public void aliasField(String a, Class c, String f){} public String toXML(Object o){return null;} public Object fromXML(String s){return null;} public void processAnnotations(Class c){} }
