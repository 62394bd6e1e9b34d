using System.CommandLine;
using System.Text.Json.Nodes;
using Platform.Cli.Settings;

namespace Platform.Cli.Commands;

/// <summary>Keys: who may do what.</summary>
internal static class KeyCommands
{
    public static Command Create(CommandContext context)
    {
        var keys = context.Command("keys", "Lists keys, without the keys themselves.\n\n  platform keys\n  platform keys create ci --permission register --permission promote\n  platform keys revoke ID",
            [], async (client, parsed, cancellationToken) => Lists.Write(context, parsed,
                await Lists.ReadAsync(client, "/v1/keys", cancellationToken), "id", "name", "permissions", "createdAt", "expiresAt", "lastUsedAt"));
        keys.Subcommands.Add(New(context));
        keys.Subcommands.Add(Revoke(context));
        return keys;
    }

    private static Command New(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "Whose it is." };
        var permission = new Option<string[]>("--permission") { Description = "observe, infer, label, explain, register, promote or manage; may be given several times.", Required = true };
        var model = new Option<string[]>("--model") { Description = "For these models only." };
        var file = new Option<FileInfo?>("--out") { Description = "Writes the key into this new file, for your eyes only, instead of showing it once." };
        return context.Command("create", "Makes a key, which is shown once.", [name, permission, model, file], async (client, parsed, cancellationToken) =>
        {
            var models = parsed.GetValue(model) ?? [];
            var grants = parsed.GetRequiredValue(permission).Select(each => Grant(each, models));
            using var target = parsed.GetValue(file) is { } out_ ? Open(out_) : null;
            var made = await client.Http.SendAsync(HttpMethod.Post, "/v1/keys", new JsonObject { ["name"] = parsed.GetRequiredValue(name), ["permissions"] = new JsonArray([.. grants]) }, cancellationToken);
            if (target is not null)
            {
                await target.WriteLineAsync((string)made["key"]!);
                made.AsObject().Remove("key");
            }

            if (context.WantsJson(parsed)) context.Terminal.Json(made);
            else context.Terminal.Line(target is null ? (string)made["key"]! : $"Key {made["id"]} is in {parsed.GetValue(file)!.Name}.");
        });
    }

    private static Command Revoke(CommandContext context)
    {
        var id = new Argument<string>("id") { Description = "The key's id, as listed." };
        return context.Command("revoke", "Ends a key.", [id], async (client, parsed, cancellationToken) =>
        {
            await client.Http.SendAsync(HttpMethod.Delete, $"/v1/keys/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", null, cancellationToken);
            if (!context.WantsJson(parsed)) context.Terminal.Line("It is revoked.");
        });
    }

    private static JsonObject Grant(string permission, string[] models)
    {
        var grant = new JsonObject { ["permission"] = permission };
        if (models.Length > 0) grant["models"] = new JsonArray([.. models.Select(model => (JsonNode)model)]);
        return grant;
    }

    /// <summary>Opened before the key is made: one that could not be written down would be lost.</summary>
    private static StreamWriter Open(FileInfo file)
    {
        if (file.Exists) throw new UsageException($"{file} exists");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new StreamWriter(file.FullName, options);
    }
}
