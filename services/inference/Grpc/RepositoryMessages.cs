using System.Text.Json;
using Platform.Inference.Grpc.Messages;
using Platform.Inference.Repository;

namespace Platform.Inference.Grpc;

/// <summary>The repository's calls in protobuf.</summary>
internal static class RepositoryMessages
{
    public static RepositoryIndexResponse Of(IEnumerable<IndexEntry> index) => new()
    {
        Models =
        {
            index.Select(entry => new RepositoryIndexResponse.Types.ModelIndex
            {
                Name = entry.Name,
                Version = entry.Version ?? "",
                State = entry.State,
                Reason = entry.Reason,
            }),
        },
    };

    public static ModelRequest Read(IEnumerable<KeyValuePair<string, ModelRepositoryParameter>> parameters) =>
        new(parameters.ToDictionary(parameter => parameter.Key, parameter => Read(parameter.Value)));

    // Files come as bytes, and are refused by their names.
    private static JsonElement Read(ModelRepositoryParameter parameter) => parameter.ParameterChoiceCase switch
    {
        ModelRepositoryParameter.ParameterChoiceOneofCase.BoolParam => JsonSerializer.SerializeToElement(parameter.BoolParam),
        ModelRepositoryParameter.ParameterChoiceOneofCase.Int64Param => JsonSerializer.SerializeToElement(parameter.Int64Param),
        ModelRepositoryParameter.ParameterChoiceOneofCase.StringParam => JsonSerializer.SerializeToElement(parameter.StringParam),
        _ => JsonSerializer.SerializeToElement(""),
    };
}
