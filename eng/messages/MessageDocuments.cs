using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Messages;

/// <summary>Everything under docs/messages that is generated, by path.</summary>
internal static class MessageDocuments
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IReadOnlyDictionary<string, string> Generate()
    {
        var documents = DescribedMessage.All.ToDictionary(message => message.SchemaFile, message => Write(SchemaWriter.Write(message)));
        documents["asyncapi.json"] = Write(AsyncApiWriter.Write(DescribedMessage.All));
        documents["messages.md"] = Table();
        return documents;
    }

    private static string Write(JsonNode node) => node.ToJsonString(Format) + "\n";

    private static string Table()
    {
        var table = new StringBuilder(
            "# Messages\n\nWritten from `contracts/` by `dotnet run --project eng/messages`. [How to subscribe](README.md).\n\n"
            + "| exchange or topic | kind | what it says |\n|---|---|---|\n");
        foreach (var message in DescribedMessage.All)
            table.Append($"| [{message.Name}]({message.SchemaFile}) | {Kind(message)} | {message.Description} |\n");
        return table.ToString();
    }

    private static string Kind(DescribedMessage message) => message switch
    {
        { IsCommand: true } => "command",
        { IsEvent: true } => "event",
        _ => "Kafka record",
    };
}
