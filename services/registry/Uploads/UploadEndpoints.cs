using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;
using Platform.Registry.References;
using Platform.Registry.Sessions;
using Platform.Registry.Versions;

namespace Platform.Registry.Uploads;

internal static class UploadEndpoints
{
    public static IServiceCollection AddUploads(this IServiceCollection services)
    {
        services.AddOptions<UploadOptions>().BindConfiguration("Registry:Uploads").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<UploadReader>()
            .AddSingleton<ModelFileReader>()
            .AddSingleton<ReferenceConverter>()
            .AddSingleton<UploadVersion>();
    }

    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        // Not {model}: generated clients would get two parameters of that name, for there is a part "model", too.
        routes.MapPost("/models/{name}/versions", UploadAsync)
            .RequirePermissionOn("name", Permission.Register).WithName("UploadVersion").WithActor()
            .WithSummary("Uploads a version: an ONNX file, its metadata and, if there is one, a reference dataset.")
            .WithDescription("""
                multipart/form-data with the parts model (ONNX file), metadata (JSON, optional) and reference
                (optional: CSV with a header row, or a JSON array of rows). Names, types and shapes of inputs and outputs are read
                from the file.
                """)
            .WithBody(FormShape, "multipart/form-data").WithTextOf(typeof(VersionMetadata))
            .Produces<ModelVersionDescription>(StatusCodes.Status201Created).WithLocation(StatusCodes.Status201Created)
            .Refuses(
                ModelErrors.NotFound("credit"),
                UploadErrors.TooLarge(Upload.ModelPart, int.MaxValue),
                UploadErrors.NotMultipart,
                UploadErrors.ModelInvalid("The file is not an acceptable ONNX model: it ends too early."),
                UploadErrors.MetadataInvalid(
                    new Dictionary<string, string[]> { ["output"] = ["the model's outputs are 'probabilities', not 'scores'."] }),
                ReferenceErrors.Invalid("Row 17, column 'purpose': 'spaceship' is none of the categories 'new car', 'used car'."),
                SessionsBusyException.Refusal, VettingErrors.Unavailable)
            .WithRequestExample("""
                {"model":"(the bytes of model.onnx)",
                 "metadata":"{\"task\":\"binary_classification\",\"output\":\"probabilities\",\"classes\":[\"good\",\"bad\"],\"positiveClass\":\"bad\",\"target\":\"label\",\"metrics\":{\"accuracy\":0.756},\"features\":[{\"name\":\"age\",\"kind\":\"numerical\"},{\"name\":\"purpose\",\"kind\":\"categorical\",\"categories\":[\"car\",\"tv\"]}]}",
                 "reference":"age,purpose,label\n44,car,good\n23,tv,bad\n"}
                """, "multipart/form-data")
            .WithResponseExample(StatusCodes.Status201Created, VersionEndpoints.VersionExample);

    private static async Task<IResult> UploadAsync(
        string name, UploadVersion upload, HttpContext context, CancellationToken cancellationToken) =>
        (await upload.HandleAsync(name, context.Request, context.GetActor(), cancellationToken))
        .ToHttp(version => TypedResults.Created($"/v1/models/{version.Model}/versions/{version.Version}", version));

    // The metadata are a text, as generated clients cannot be relied upon to write an object's part as JSON.
    private const string FormShape = """
        {"type":"object","required":["model"],"properties":{
          "model":{"type":"string","format":"binary","description":"The ONNX file."},
          "metadata":{"type":"string","contentMediaType":"application/json","description":"What the author says of the version: VersionMetadata as JSON text."},
          "reference":{"type":"string","format":"binary","description":"The reference dataset: CSV with a header row, or a JSON array of rows."}}}
        """;
}
