using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;
using Platform.Registry.Packing;
using Platform.Registry.Pipelines;
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
            .AddSingleton<ModelPacker>()
            .AddSingleton<UploadPacking>()
            .AddSingleton<ModelFileReader>()
            .AddSingleton(services => services.GetRequiredService<IOptions<UploadOptions>>().Value.Reference)
            .AddSingleton<ReferenceConverter>()
            .AddSingleton<UploadVersion>()
            .AddSingleton<PipelineComposer>()
            .AddSingleton<UploadPipeline>();
    }

    public static void MapUploads(this IEndpointRouteBuilder routes) =>
        // Not {model}: generated clients would get two parameters of that name, for there is a part "model", too.
        routes.MapPost("/models/{name}/versions", UploadAsync)
            .RequirePermissionOn("name", Permission.Register).WithName("UploadVersion").WithActor()
            .WithSummary("Uploads a version: an ONNX file or a pipeline of versions, its metadata and, if there is one, a reference dataset.")
            .WithDescription("""
                multipart/form-data with the parts model (ONNX file), metadata (JSON, optional) and reference
                (optional: CSV with a header row, or a JSON array of rows). A model that keeps values in other files sends each as a part data, whose file
                name is the tensors' location, or all in a zip or tar archive as the part model. Names, types and shapes of inputs and outputs are read
                from the file. application/json is a pipeline, of which each step asks a version: an alias is what it names now, for good. The steps'
                inputs and the pipeline's outputs are input.name or step.output, several parted by | where the first that has a row counts; when divides
                the rows of a request, combine is taken as combine.output.
                """)
            .WithBody(FormShape, "multipart/form-data").WithBody(PipelineShape).WithTextOf(typeof(VersionMetadata))
            .Produces<ModelVersionDescription>(StatusCodes.Status201Created).WithLocation(StatusCodes.Status201Created)
            .Refuses(
                ModelErrors.NotFound("credit"),
                UploadErrors.TooLarge(Upload.ModelPart, int.MaxValue),
                UploadErrors.NotMultipart,
                UploadErrors.ModelInvalid("The file is not an acceptable ONNX model: it ends too early."),
                UploadErrors.MetadataInvalid(
                    new Dictionary<string, string[]> { ["output"] = ["the model's outputs are 'probabilities', not 'scores'."] }),
                ReferenceErrors.Invalid("Row 17, column 'purpose': 'spaceship' is none of the categories 'new car', 'used car'."),
                PipelineErrors.Invalid(new Dictionary<string, string[]> { ["steps[1].inputs.x"] = ["'embed.vector' has the shape [-1,128], but the input takes [-1,64]."] }),
                SessionsBusyException.Refusal, VettingErrors.Unavailable)
            .WithRequestExample("""
                {"model":"(the bytes of model.onnx)",
                 "metadata":"{\"task\":\"binary_classification\",\"output\":\"probabilities\",\"classes\":[\"good\",\"bad\"],\"positiveClass\":\"bad\",\"target\":\"label\",\"metrics\":{\"accuracy\":0.756},\"features\":[{\"name\":\"age\",\"kind\":\"numerical\"},{\"name\":\"purpose\",\"kind\":\"categorical\",\"categories\":[\"car\",\"tv\"]}]}",
                 "reference":"age,purpose,label\n44,car,good\n23,tv,bad\n"}
                """, "multipart/form-data")
            .WithRequestExample(PipelineExample)
            .WithResponseExample(StatusCodes.Status201Created, VersionEndpoints.VersionExample);

    private static async Task<IResult> UploadAsync(
        string name, UploadVersion upload, UploadPipeline pipelines, HttpContext context, CancellationToken cancellationToken) =>
        (context.Request.HasJsonContentType()
            ? await pipelines.HandleAsync(name, context, cancellationToken)
            : await upload.HandleAsync(name, context.Request, context.GetActor(), cancellationToken))
        .ToHttp(version => TypedResults.Created($"/v1/models/{version.Model}/versions/{version.Version}", version));

    // The metadata are a text, as generated clients cannot be relied upon to write an object's part as JSON.
    private const string FormShape = """
        {"type":"object","required":["model"],"properties":{
          "model":{"type":"string","format":"binary","description":"The ONNX file, or a zip or tar archive (.tar.gz, too) of it and its data files."},
          "data":{"type":"array","items":{"type":"string","format":"binary"},"description":"The files that the model's tensors keep values in, each under the file name that they have for it."},
          "metadata":{"type":"string","contentMediaType":"application/json","description":"What the author says of the version: VersionMetadata as JSON text."},
          "reference":{"type":"string","format":"binary","description":"The reference dataset: CSV with a header row, or a JSON array of rows."}}}
        """;

    private const string PipelineShape = """
        {"type":"object","required":["kind","inputs","steps","outputs"],"properties":{
          "kind":{"type":"string","enum":["pipeline"]},
          "inputs":{"type":"array","items":{"$ref":"#/components/schemas/TensorSignature"},"description":"What a request holds."},
          "steps":{"type":"array","description":"The parts, in any order.","items":{"type":"object","required":["name","model","version","inputs"],"properties":{
            "name":{"type":"string"},"model":{"type":"string"},"version":{"type":"string","description":"A number, or an alias that is resolved now."},
            "inputs":{"type":"object","additionalProperties":{"type":"string"},"description":"Each input of the version with its value: input.name or step.output."},
            "when":{"type":"string","description":"Which rows it is asked, as in router.class = 1 or max(cheap.probabilities) < 0.9."},
            "defaults":{"type":"object","additionalProperties":{},"description":"The values of one row by output, for the policy default."}}}},
          "outputs":{"type":"object","additionalProperties":{"type":"string"},"description":"Each output with its value: step.output, a.y|b.y, or combine.output."},
          "combine":{"type":"object","required":["kind","of"],"properties":{
            "kind":{"type":"string","enum":["mean","weighted","vote"]},"of":{"type":"array","items":{"type":"string"}},"weights":{"type":"array","items":{"type":"number"}}}},
          "onFailure":{"type":"object","additionalProperties":{"type":"string","enum":["fail","skip","default"]},"description":"By step; fail where nothing is said."},
          "metadata":{"type":"object","additionalProperties":{},"description":"What the author says of the version: VersionMetadata."},
          "reference":{"type":"array","items":{"type":"object","additionalProperties":{}},"description":"Reference rows, by column."}}}
        """;

    private const string PipelineExample = """
        {"kind":"pipeline","inputs":[{"name":"text","datatype":"BYTES","shape":[-1]}],
         "steps":[{"name":"embed","model":"encoder","version":"champion","inputs":{"text":"input.text"}},
                  {"name":"classify","model":"classifier","version":"3","inputs":{"vector":"embed.vector"}}],
         "outputs":{"probabilities":"classify.probabilities"},"onFailure":{"classify":"fail"},
         "metadata":{"task":"binary_classification","output":"probabilities","classes":["ham","spam"],"positiveClass":"spam"}}
        """;
}
