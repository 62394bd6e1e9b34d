namespace Platform.Monitor.Features;

/// <summary>What matters here of the datatypes of the Open Inference Protocol.</summary>
internal static class Datatypes
{
    public const string Bytes = "BYTES";

    public const string Bool = "BOOL";

    /// <summary>Whether its whole numbers go beyond those that a double tells apart.</summary>
    public static bool IsLong(string datatype) => datatype is "INT64" or "UINT64";

    public static bool IsFloat(string datatype) => datatype is "FP16" or "FP32" or "FP64" or "BF16";
}
