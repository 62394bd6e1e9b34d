namespace Platform.Monitor.Features;

/// <summary>What matters here of the datatypes of the Open Inference Protocol.</summary>
internal static class Datatypes
{
    public const string Bytes = "BYTES";

    public static bool IsFloat(string datatype) => datatype is "FP16" or "FP32" or "FP64" or "BF16";
}
