using System;
using System.Collections.Generic;
using System.Threading.Tasks;
namespace Refit {
  public class GetAttribute : Attribute { public GetAttribute(string p) {} }
  public class PostAttribute : Attribute { public PostAttribute(string p) {} }
  public class PutAttribute : Attribute { public PutAttribute(string p) {} }
  public class DeleteAttribute : Attribute { public DeleteAttribute(string p) {} }
  public enum BodySerializationMethod { Default, Json, UrlEncoded }
  public class BodyAttribute : Attribute { public BodyAttribute() {} public BodyAttribute(BodySerializationMethod m) {} }
  public class QueryAttribute : Attribute { public QueryAttribute() {} }
  public class AliasAsAttribute : Attribute { public AliasAsAttribute(string n) {} }
  public class HeaderAttribute : Attribute { public HeaderAttribute(string n) {} }
  public class HeadersAttribute : Attribute { public HeadersAttribute(params string[] n) {} }
  public class MultipartAttribute : Attribute { }
  public class StreamPart { }
  public static class RestService { public static T For<T>(string url) { return default(T); } }
}
namespace Newtonsoft.Json { public class JsonPropertyAttribute : Attribute { public JsonPropertyAttribute(string n) {} } }
namespace SQLite {
  public class TableAttribute : Attribute { public TableAttribute(string n) {} public bool WithoutRowId { get; set; } }
  public class PrimaryKeyAttribute : Attribute { }
  public class AutoIncrementAttribute : Attribute { }
  public class ColumnAttribute : Attribute { public ColumnAttribute(string n) {} }
  public class MaxLengthAttribute : Attribute { public MaxLengthAttribute(int n) {} }
  public class IgnoreAttribute : Attribute { }
  public class SQLiteConnection { public SQLiteConnection(string p) {} public int Execute(string q, params object[] a) { return 0; } public int CreateTable<T>() { return 0; } }
}
