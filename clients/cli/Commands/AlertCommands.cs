using System.CommandLine;
using System.Text.Json.Nodes;

namespace Platform.Cli.Commands;

/// <summary>What people do about alerts.</summary>
internal static class AlertCommands
{
    public static Command Create(CommandContext context) => new("alerts", "What somebody should look at.\n\n  platform alerts list --state active\n  platform alerts ack 0198c0f2 --note 'looking at it'")
    {
        List(context),
        Move(context, "ack", "acknowledge", "Says that somebody sees to it."),
        Move(context, "resolve", "resolve", "Calls it settled; new breaches raise a new alert."),
    };

    private static Command List(CommandContext context)
    {
        var state = new Option<string?>("--state") { Description = "active, acknowledged, silenced or resolved; all when absent." };
        var count = new Option<int>("--count") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        state.AcceptOnlyFromAmong("active", "acknowledged", "silenced", "resolved");
        return context.Command("list", "Lists alerts, the latest first.\n\n  platform alerts list --state active", [state, count], async (client, parsed, cancellationToken) =>
        {
            var path = "/v1/alerts" + (parsed.GetValue(state) is { } wanted ? $"?state={wanted}" : "");
            var alerts = await Lists.StreamAsync(client, path, cancellationToken).Take(parsed.GetValue(count)).ToListAsync(cancellationToken);
            Lists.Write(context, parsed, alerts, "raisedAt", "id", "model", "version", "severity", "state", "summary");
        });
    }

    private static Command Move(CommandContext context, string verb, string action, string help)
    {
        var id = new Argument<string>("id") { Description = "The alert's id." };
        var note = new Option<string?>("--note") { Description = "Anything else, for its history." };
        return context.Command(verb, $"{help}\n\n  platform alerts {verb} 0198c0f2 --note 'a holiday'", [id, note], async (client, parsed, cancellationToken) =>
        {
            var body = parsed.GetValue(note) is { } said ? new JsonObject { ["note"] = said } : [];
            var alert = await client.Http.SendAsync(HttpMethod.Post, $"/v1/alerts/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/{action}", body, cancellationToken);
            if (context.WantsJson(parsed)) context.Terminal.Json(alert);
            else context.Terminal.Line($"{alert["id"]} is {alert["state"]}: {alert["summary"]}");
        });
    }
}
