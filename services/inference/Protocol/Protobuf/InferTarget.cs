using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Platform.Inference.Protocol.Protobuf;

/// <summary>Which model a ModelInferRequest is for; looked for before the rest is read, which needs the model's signature.</summary>
/// <param name="Model">The model's name; empty where it has none.</param>
/// <param name="Version">A version's number or an alias; null for the champion.</param>
/// <param name="Id">The caller's id; empty where it gave none.</param>
internal readonly record struct InferTarget(string Model, string? Version, string Id)
{
    // No name or id that leads anywhere is longer.
    private const int MaxBytes = 1024;

    /// <summary>Finds them; false where the message is no protobuf.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out InferTarget target, [NotNullWhen(false)] out string? problem, bool withId = false)
    {
        (target, problem) = (default, null);
        try
        {
            target = Read(message, withId);
        }
        catch (InvalidDataException exception)
        {
            problem = InferMessageReader.Explain(exception);
        }

        return problem is null;
    }

    private static InferTarget Read(ReadOnlySpan<byte> message, bool withId)
    {
        ReadOnlySpan<byte> model = default, version = default, id = default;
        var wire = new WireReader(message);
        while (wire.Next())
        {
            if (wire.Wire != WireType.Bytes) continue;
            if (wire.Field == InferFields.ModelName) model = wire.Bytes;
            else if (wire.Field == InferFields.ModelVersion) version = wire.Bytes;
            else if (wire.Field == InferFields.Id) id = wire.Bytes;
        }

        return new InferTarget(Text(model), version.IsEmpty ? null : Text(version), withId ? Text(id) : "");
    }

    private static string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxBytes)]);
}
