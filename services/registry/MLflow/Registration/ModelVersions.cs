using Platform.Registry.Aliases;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.Promotions;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>MLflow's model versions: the platform's versions, by the platform's own operations.</summary>
internal sealed class ModelVersions(
    RegistryLookup lookup, VersionFromArtifacts register, UploadedFolder uploaded, ChangeVersion change, Promote promote, ChangeAlias aliases)
{
    public async Task<object> CreateAsync(CreateModelVersion request, MLflowCall call)
    {
        var model = await lookup.ModelAsync(RegistryNames.Check(request.Name), call.Cancellation);
        var version = await register.HandleAsync(model, request, call);
        return await AnswerAsync(model.Name, version.Description.Version, call);
    }

    public async Task<object> GetAsync(OfModelVersion request, MLflowCall call) =>
        await AnswerAsync(RegistryNames.Check(request.Name), RegistryNames.CheckVersion(request.Version), call);

    public async Task<object> UpdateAsync(UpdateModelVersion request, MLflowCall call)
    {
        var (model, version) = await FindAsync(request.Name, request.Version, call);
        (await change.DescribeAsync(model, version, request.Description, call.Actor, call.Cancellation)).OrThrow();
        return await AnswerAsync(model, version, call);
    }

    public async Task<object> DeleteAsync(OfModelVersion request, MLflowCall call)
    {
        var (model, version) = await FindAsync(request.Name, request.Version, call);
        (await change.DeleteAsync(model, version, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> DownloadUriAsync(OfModelVersion request, MLflowCall call)
    {
        var (_, version) = await lookup.VersionAsync(RegistryNames.Check(request.Name), RegistryNames.CheckVersion(request.Version), call.Cancellation);
        if (version.Origin is null) await uploaded.FillAsync(version, call.Cancellation);
        return new DownloadUriAnswer(version.Origin is { } origin ? origin.Location ?? origin.Source : ModelVersionView.SourceOf(version));
    }

    public async Task<object> SetTagAsync(ModelVersionTag request, MLflowCall call)
    {
        var tag = RegistryNames.CheckTag(request.Key, request.Value);
        var (model, version) = await FindAsync(request.Name, request.Version, call);
        (await change.TagAsync(model, version, tag.Key, tag.Value, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    public async Task<object> DeleteTagAsync(ModelVersionTag request, MLflowCall call)
    {
        var key = EntityNames.Check(MLflowRequest.Required(request.Key, "key"), "key");
        var (_, found) = await lookup.VersionAsync(RegistryNames.Check(request.Name), RegistryNames.CheckVersion(request.Version), call.Cancellation);
        if (found.Description.Metadata.Tags?.ContainsKey(key) is true)
            (await change.TagAsync(found.Description.Model, found.Description.Version, key, null, call.Actor, call.Cancellation)).OrThrow();
        return MLflowRoutes.Nothing;
    }

    /// <summary>A stage is reached by promotion: the gates decide, and the event is sent.</summary>
    public async Task<object> TransitionAsync(TransitionStage request, MLflowCall call)
    {
        var stage = Stage.Read(MLflowRequest.Required(request.Stage, "stage"));
        var archiveOthers = request.ArchiveExistingVersions ?? false;
        if (archiveOthers && Stage.AliasOf(stage) is null)
            throw MLflowException.Invalid("Model version transition cannot archive existing model versions because "
                + $"'{request.Stage}' is not an Active stage. Valid stages are ['Staging', 'Production']");
        var (model, version) = await lookup.VersionAsync(RegistryNames.Check(request.Name), RegistryNames.CheckVersion(request.Version), call.Cancellation);
        var (name, number, current) = (model.Name, version.Description.Version, Stage.Of(model, version));
        if (current != stage)
        {
            if (current == Stage.Production)
                throw MLflowException.Conflict($"Version {number} of '{name}' serves; transition another one to Production, or roll back.");
            if (Stage.AliasOf(stage) is { } alias)
            {
                var other = model.Aliases.GetValueOrDefault(alias)?.Version;
                (await promote.HandleAsync(name, new PromoteRequest(number, alias), call.Actor, call.Cancellation)).OrThrow();
                if (archiveOthers && other is not null) (await change.ArchiveAsync(name, other, true, call.Actor, call.Cancellation)).OrThrow();
            }

            if (Stage.AliasOf(current) is { } left) (await aliases.RemoveAsync(name, left, call.Actor, call.Cancellation)).OrThrow();
            if (version.IsArchived != (stage == Stage.Archived))
                (await change.ArchiveAsync(name, number, stage == Stage.Archived, call.Actor, call.Cancellation)).OrThrow();
        }

        return await AnswerAsync(name, number, call);
    }

    private async Task<(string Model, string Version)> FindAsync(string? name, string? version, MLflowCall call)
    {
        var (model, found) = await lookup.VersionAsync(RegistryNames.Check(name), RegistryNames.CheckVersion(version), call.Cancellation);
        return (model.Name, found.Description.Version);
    }

    private async Task<object> AnswerAsync(string name, string version, MLflowCall call)
    {
        var (model, found) = await lookup.VersionAsync(name, version, call.Cancellation);
        return new ModelVersionAnswer(ModelVersionView.Of(model, found));
    }
}
