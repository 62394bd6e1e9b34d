namespace Platform.Client.Tensors;

/// <summary>The datatypes of the Open Inference Protocol, and the types of .NET that hold their elements.</summary>
internal static class Datatypes
{
    public const string Text = "BYTES";

    private static readonly Dictionary<string, (Type? Type, int Size)> Known = new()
    {
        ["BOOL"] = (typeof(bool), 1), ["UINT8"] = (typeof(byte), 1), ["UINT16"] = (typeof(ushort), 2), ["UINT32"] = (typeof(uint), 4), ["UINT64"] = (typeof(ulong), 8),
        ["INT8"] = (typeof(sbyte), 1), ["INT16"] = (typeof(short), 2), ["INT32"] = (typeof(int), 4), ["INT64"] = (typeof(long), 8),
        ["FP16"] = (typeof(Half), 2), ["BF16"] = (null, 2), ["FP32"] = (typeof(float), 4), ["FP64"] = (typeof(double), 8), [Text] = (typeof(string), 0),
    };

    private static readonly Dictionary<Type, string> Names = Known.Where(pair => pair.Value.Type is not null).ToDictionary(pair => pair.Value.Type!, pair => pair.Key);

    /// <summary>The datatype whose elements are of a type.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static string Of(Type type) => Names.TryGetValue(type, out var name) ? name : throw new NotSupportedException($"No tensor holds elements of {type}.");

    /// <summary>Bytes of an element; 0 for texts, which differ.</summary>
    /// <exception cref="NotSupportedException">There is no such datatype.</exception>
    public static int SizeOf(string datatype) =>
        Known.TryGetValue(datatype, out var known) ? known.Size : throw new NotSupportedException($"'{datatype}' is no datatype of the Open Inference Protocol.");
}
