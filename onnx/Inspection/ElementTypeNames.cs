namespace Platform.Onnx.Inspection;

/// <summary>The element types of onnx.proto that ONNX Runtime knows but .NET has no tensors of.</summary>
internal static class ElementTypeNames
{
    private static readonly Dictionary<ulong, string> Unusable = new()
    {
        [14] = "COMPLEX64", [15] = "COMPLEX128", [17] = "FLOAT8E4M3FN", [18] = "FLOAT8E4M3FNUZ", [19] = "FLOAT8E5M2", [20] = "FLOAT8E5M2FNUZ",
        [21] = "UINT4", [22] = "INT4", [23] = "FLOAT4E2M1", [24] = "FLOAT8E8M0", [25] = "UINT2", [26] = "INT2",
    };

    /// <summary>The name of a type that no request can carry; null for the others.</summary>
    public static string? FindUnusable(ulong type) => Unusable.GetValueOrDefault(type);
}
