using System.Text.Json.Nodes;

namespace Platform.Messages;

/// <summary>One message of the AsyncAPI document: its headers, the schema of its body, how it is bound.</summary>
internal static class MessageWriter
{
    public static JsonObject Write(DescribedMessage message)
    {
        var described = new JsonObject
        {
            ["name"] = message.Name,
            ["title"] = message.Type.Name,
            ["summary"] = message.Description,
            ["contentType"] = message.IsRecord ? "application/cloudevents+json" : "application/json",
            ["payload"] = new JsonObject { ["$ref"] = message.SchemaFile },
        };
        if (message.IsEvent) described["headers"] = EventHeaders();
        if (message.IsRecord) described["bindings"] = Keyed();
        return described;
    }

    private static JsonObject Keyed() => new()
    {
        ["kafka"] = new JsonObject
        {
            ["key"] = new JsonObject { ["type"] = "string", ["description"] = "The model's name." },
            ["bindingVersion"] = "0.5.0",
        },
    };

    private static JsonObject EventHeaders() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["cloudEvents_specversion"] = Text("Always \"1.0\"."),
            ["cloudEvents_id"] = Text("Unique within the source; the same when the event is sent again."),
            ["cloudEvents_source"] = Text("The service that says it, for example \"/registry\"."),
            ["cloudEvents_type"] = Text("The wire name, which is also the exchange."),
            ["cloudEvents_time"] = Text("When it happened (RFC 3339, UTC)."),
            ["cloudEvents_subject"] = Text("What it is about, usually the model; events with the same subject come in order. Absent for events without order."),
            ["cloudEvents_sequence"] = Text("Its number among the source's events, for replay by GET /v1/events. Absent for events that are not kept."),
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
