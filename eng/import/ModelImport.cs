using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Copies registered models with their versions, in the order of their numbers, and the aliases, which are promotions here.</summary>
internal sealed class ModelImport(MLflowServer source, MLflowServer target, ImportCommand command, SourceTag tags, VersionImport versions, ImportReport report)
{
    public async Task RunAsync()
    {
        await foreach (var model in source.ListAsync("registered-models/search", "registered_models", ("max_results", "1000")))
        {
            var name = model.Required("name");
            if (!command.WantsModel(name)) continue;
            try
            {
                await CopyAsync(model, name);
            }
            catch (MLflowException error)
            {
                report.LeftOut($"model '{name}', or a part of it", error.Message);
            }
        }
    }

    private async Task CopyAsync(JsonObject model, string name)
    {
        var copy = await FindAsync(name);
        if (copy is null) await CreateAsync(model, name);
        else await UpdateAsync(model, copy, name);
        report.Say($"model '{name}'");
        var numbers = await versions.CopyAllAsync(name);
        copy = await FindAsync(name);
        var asked = (await source.GetAsync("registered-models/get", ("name", name))).RequiredObject("registered_model");
        foreach (var alias in asked.List("aliases")) await SetAliasAsync(name, alias.Required("alias"), alias.Required("version"), numbers, copy);
    }

    private async Task<JsonObject?> FindAsync(string name)
    {
        try
        {
            return (await target.GetAsync("registered-models/get", ("name", name))).Object("registered_model");
        }
        catch (MLflowException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    private async Task CreateAsync(JsonObject model, string name)
    {
        var given = model.Pairs("tags");
        given[SourceTag.Key] = tags.Of("models", name);
        await target.PostAsync("registered-models/create", new JsonObject { ["name"] = name, ["description"] = model.Text("description"), ["tags"] = given.ToPairs() });
        report.Copied("models");
    }

    private async Task UpdateAsync(JsonObject model, JsonObject copy, string name)
    {
        var known = copy.Pairs("tags");
        foreach (var (key, value) in model.Pairs("tags").Where(tag => tag.Key != SourceTag.Key && known.GetValueOrDefault(tag.Key) != tag.Value))
            await target.PostAsync("registered-models/set-tag", new JsonObject { ["name"] = name, ["key"] = key, ["value"] = value });
        report.Known("models");
    }

    private async Task SetAliasAsync(string name, string alias, string version, IReadOnlyDictionary<string, string> numbers, JsonObject? copy)
    {
        var what = $"{alias} of '{name}' version {version}";
        if (!numbers.TryGetValue(version, out var number))
        {
            report.LeftOut($"alias {what}", "its version was not copied");
            return;
        }

        var here = copy.List("aliases").FirstOrDefault(known => known.Text("alias") == alias).Text("version");
        if (here == number)
        {
            report.Known("aliases");
            return;
        }

        if (here is not null && !command.MovesAliases)
        {
            report.LeftOut($"alias {what} (here {number})", $"here it names version {here}; --move-aliases moves it");
            return;
        }

        try
        {
            await target.PostAsync("registered-models/alias", new JsonObject { ["name"] = name, ["alias"] = alias, ["version"] = number });
            report.Copied("aliases");
        }
        catch (MLflowException error)
        {
            report.Refused($"{what} (here {number.ToString(CultureInfo.InvariantCulture)})", error.Message);
        }
    }
}
