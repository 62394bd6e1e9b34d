using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Platform.Registry.MLflow.Registration;

/// <summary>
/// Reads YAML of strangers as JSON whose values are all texts. It goes by the parser's events and takes no references, so that neither depth nor
/// repetition grows beyond the file.
/// </summary>
internal static class YamlText
{
    private const int MaxDepth = 32;

    /// <summary>The mapping in the text; null where it is none, or not YAML that is taken.</summary>
    public static JsonObject? Read(TextReader text)
    {
        try
        {
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? ReadNode(parser, 0) as JsonObject : null;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static JsonNode? ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth) throw new YamlException("It is nested too deep.");
        if (parser.TryConsume<Scalar>(out var scalar)) return JsonValue.Create(scalar.Value);
        if (parser.TryConsume<SequenceStart>(out _)) return ReadSequence(parser, depth);
        if (parser.TryConsume<MappingStart>(out _)) return ReadMapping(parser, depth);
        throw new YamlException("It refers to other places of itself.");
    }

    private static JsonArray ReadSequence(Parser parser, int depth)
    {
        var items = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, depth + 1));
        return items;
    }

    private static JsonObject ReadMapping(Parser parser, int depth)
    {
        var members = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>().Value;
            members[key] = ReadNode(parser, depth + 1);
        }

        return members;
    }
}
