using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Registry.Gates;
using Platform.Registry.History;
using Platform.Registry.Policies;
using Platform.Registry.Requests;

namespace Platform.Registry.Models;

/// <summary>The body of <c>POST /v1/models</c>.</summary>
/// <param name="Name">1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter or digit.</param>
/// <param name="Description">Free text.</param>
/// <param name="Tags">Free labels.</param>
/// <param name="Gates">What a version must show before it is promoted.</param>
internal sealed record RegisterModelRequest(
    [property: Required, RegularExpression(ModelName.Pattern)] string? Name, string? Description = null,
    IReadOnlyDictionary<string, string>? Tags = null, GatePolicy? Gates = null);

/// <summary>Takes a name for a model.</summary>
internal sealed class RegisterModel(ModelStore models, TimeProvider time)
{
    public async Task<Result<ModelDescription>> HandleAsync(RegisterModelRequest request, string actor, CancellationToken cancellationToken)
    {
        var problems = Check(request);
        if (problems.Any) return problems.ToError();

        var at = time.GetUtcNow();
        var model = new Model
        {
            Name = request.Name!,
            Description = request.Description,
            Tags = request.Tags ?? new Dictionary<string, string>(),
            Gates = request.Gates ?? new GatePolicy(),
            CreatedAt = at,
            CreatedBy = actor,
        };
        var created = await models.CreateAsync(model, Announce, cancellationToken);
        return created.Succeeded(out var stored, out var error) ? ModelDescription.Of(stored) : error;

        void Announce(ModelChange change)
        {
            change.Record(new HistoryEntry { Action = HistoryAction.Registered, At = at, By = actor });
            change.Publish(new ModelRegistered { Model = model.Name, At = at, By = actor });
        }
    }

    private static FieldProblems Check(RegisterModelRequest request)
    {
        var problems = new FieldProblems();
        problems.Require("name", ModelName.IsValid(request.Name), ModelName.Rule);
        problems.Require("name", !ModelName.IsReserved(request.Name), $"must not be '{request.Name}', which a route of the API is called.");
        problems.CheckText("description", request.Description);
        problems.CheckLabels("tags", request.Tags);
        request.Gates?.Check(problems, "gates");
        return problems;
    }
}
