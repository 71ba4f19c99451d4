package com.mongodb;

/** As the library declares it. */
public class MongoClient {
    public MongoClient(String host, int port) {}
}
