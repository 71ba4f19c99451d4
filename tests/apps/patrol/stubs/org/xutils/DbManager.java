package org.xutils; public interface DbManager { void save(Object o); void saveOrUpdate(Object o); <T> java.util.List<T> findAll(Class<T> c);
 public static class DaoConfig { public DaoConfig setDbName(String n){return this;} public DaoConfig setDbVersion(int v){return this;} } }
