using Platform.Registry.Aliases;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Models;
using Platform.Registry.Promotions;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>MLflow's registered models: the platform's models, by the platform's own operations.</summary>
internal sealed class RegisteredModels(
    RegistryLookup lookup, RegisterModel register, ChangeModel change, DeleteModel delete, RenameModel rename, Promote promote, ChangeAlias aliases)
{
    private const string Latest = "latest";

    public async Task<object> CreateAsync(CreateRegisteredModel request, MLflowCall call)
    {
        var name = RegistryNames.CheckNew(request.Name);
        var asked = new RegisterModelRequest(name, request.Description.OrNull(), RegistryNames.CheckTags(request.Tags));
        var made = await register.HandleAsync(asked, call.Actor, call.Cancellation);
        if (made.Error is { Status: StatusCodes.Status409Conflict }) throw MLflowException.Exists($"Registered Model (name={name}) already exists.");
        made.OrThrow();
        return await AnswerAsync(await lookup.ModelAsync(name, call.Cancellation), call);
    }

    public async Task<object> GetAsync(OfRegisteredModel request, MLflowCall call) => await AnswerAsync(await FindAsync(request.Name, call), call);

    public async Task<object> UpdateAsync(UpdateRegisteredModel request, MLflowCall call)
    {
        var model = await FindAsync(request.Name, call);
        return await AnswerAsync((await change.DescribeAsync(model.Name, request.Description.OrNull(), call.Actor, call.Cancellation)).OrThrow(), call);
    }

    public async Task<object> RenameAsync(RenameRegisteredModel request, MLflowCall call)
    {
        var model = await FindAsync(request.Name, call);
        var name = RegistryNames.CheckNew(request.NewName, "new_name");
        return await AnswerAsync((await rename.HandleAsync(model.Name, name, call.Actor, call.Cancellation)).OrThrow(), call);
    }

    public async Task<object> DeleteAsync(OfRegisteredModel request, MLflowCall call)
    {
        var model = await FindAsync(request.Name, call);
        (await delete.HandleAsync(model.Name, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> LatestVersionsAsync(GetLatestVersions request, MLflowCall call)
    {
        var model = await FindAsync(request.Name, call);
        var stages = (request.Stages ?? []).Select(Stage.Read).ToHashSet();
        var latest = (await lookup.LatestAsync(model, call.Cancellation)).Where(version => stages.Count == 0 || stages.Contains(Stage.Of(model, version)));
        return new ModelVersionsAnswer(latest.Select(version => ModelVersionView.Of(model, version)).ToList().OrNull(), null);
    }

    public async Task<object> SetTagAsync(RegisteredModelTag request, MLflowCall call)
    {
        var tag = RegistryNames.CheckTag(request.Key, request.Value);
        var model = await FindAsync(request.Name, call);
        (await change.TagAsync(model.Name, tag.Key, tag.Value, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> DeleteTagAsync(RegisteredModelTag request, MLflowCall call)
    {
        var key = EntityNames.Check(MLflowRequest.Required(request.Key, "key"), "key");
        var model = await FindAsync(request.Name, call);
        if (model.Tags.ContainsKey(key)) (await change.TagAsync(model.Name, key, null, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    /// <summary>An alias is set by promotion: the gates decide, and the event is sent.</summary>
    public async Task<object> SetAliasAsync(RegisteredModelAlias request, MLflowCall call)
    {
        var (alias, version) = (RegistryNames.CheckNewAlias(request.Alias), RegistryNames.CheckVersion(request.Version));
        var (model, _) = await lookup.VersionAsync(RegistryNames.Check(request.Name), version, call.Cancellation);
        if (model.Aliases.GetValueOrDefault(alias)?.Version != version)
            (await promote.HandleAsync(model.Name, new PromoteRequest(version, alias), call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> DeleteAliasAsync(RegisteredModelAlias request, MLflowCall call)
    {
        var alias = RegistryNames.CheckAlias(request.Alias);
        var model = await FindAsync(request.Name, call);
        if (model.Aliases.ContainsKey(alias)) (await aliases.RemoveAsync(model.Name, alias, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> GetByAliasAsync(RegisteredModelAlias request, MLflowCall call)
    {
        var alias = RegistryNames.CheckAlias(request.Alias);
        var model = await FindAsync(request.Name, call);
        if (alias.Equals(Latest, StringComparison.OrdinalIgnoreCase))
            return new ModelVersionAnswer(ModelVersionView.Of(model, await lookup.LastAsync(model, call.Cancellation)));
        var state = model.Aliases.GetValueOrDefault(alias) ?? throw MLflowException.Invalid($"Registered model alias {alias} not found.");
        var (_, version) = await lookup.VersionAsync(model.Name, state.Version, call.Cancellation);
        return new ModelVersionAnswer(ModelVersionView.Of(model, version));
    }

    private Task<Model> FindAsync(string? name, MLflowCall call) => lookup.ModelAsync(RegistryNames.Check(name), call.Cancellation);

    private async Task<object> AnswerAsync(Model model, MLflowCall call) => new RegisteredModelAnswer(await lookup.ViewAsync(model, call.Cancellation));
}
