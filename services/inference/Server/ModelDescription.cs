using System.Text.Json.Nodes;
using Platform.Inference.Models;
using Platform.Inference.Rows;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Server;

/// <summary>
/// The answer of <c>GET /v2/models/{m}[/versions/{v}]/openapi.json</c>: how this one model is called, in OpenAPI 3.1, from its signature and its
/// features, so that a generated client knows them by name.
/// </summary>
internal static class ModelDescription
{
    /// <param name="version">The version that is described.</param>
    /// <param name="wanted">What the URL names: a number, an alias, or null for the champion.</param>
    public static JsonObject Of(LoadedVersion version, string? wanted)
    {
        var target = $"models/{Uri.EscapeDataString(version.Model)}{(wanted is null ? "" : $"/versions/{Uri.EscapeDataString(wanted)}")}";
        var (paths, schemas) = (new JsonObject(), new JsonObject());
        if (version.Rows.Problem is null)
        {
            paths[$"/v1/{target}/predictions"] = Call("predict", "Calls the model with rows by feature name.", "PredictionRequest", "PredictionResponse");
            AddRows(schemas, version);
        }

        paths[$"/v2/{target}/infer"] = Call("infer", "Calls the model with tensors.", "InferRequest", "InferResponse");
        AddTensors(schemas, version);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = version.Model, ["version"] = version.Version, ["description"] = version.Description.Metadata.Description ?? "" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Call(string name, string summary, string request, string response) => new()
    {
        ["post"] = new JsonObject
        {
            ["operationId"] = name,
            ["summary"] = summary,
            ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(request) },
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = Json(response) },
                ["default"] = new JsonObject { ["description"] = "A refusal; /openapi/v1.json has them all." },
            },
        },
    };

    private static JsonObject Json(string schema) => new() { ["application/json"] = new JsonObject { ["schema"] = Reference(schema) } };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static void AddRows(JsonObject schemas, LoadedVersion version)
    {
        schemas["Features"] = ObjectOf([.. version.Rows.Columns.Select(column => (column.Name, ValueOf(column)))], isClosed: true);
        schemas["PredictionRequest"] = ObjectOf([("rows", ListOf(Reference("Features")))], isClosed: true);
        schemas["Outputs"] = ObjectOf([.. version.Schema.Outputs.Select(output => (output.Name, new JsonObject()))]);
        schemas["PredictedRow"] = ObjectOf([("predictionId", Typed("string")), ("outputs", Reference("Outputs"))]);
        schemas["PredictionResponse"] = ObjectOf([("model", Typed("string")), ("version", Typed("string")), ("rows", ListOf(Reference("PredictedRow")))]);
    }

    private static void AddTensors(JsonObject schemas, LoadedVersion version)
    {
        schemas["InferRequest"] = ObjectOf([("inputs", TensorsOf(version.Schema.AllInputs))]);
        schemas["InferResponse"] = ObjectOf([("model_name", Typed("string")), ("model_version", Typed("string")), ("outputs", TensorsOf(version.Schema.Outputs))]);
    }

    private static JsonObject TensorsOf(IReadOnlyList<TensorSpec> tensors) => ListOf(new JsonObject
    {
        ["oneOf"] = new JsonArray([.. tensors.Select(tensor => ObjectOf(
            [("name", Constant(tensor.Name)), ("datatype", Constant(tensor.Datatype.Name())), ("shape", ShapeOf(tensor)), ("data", Typed("array"))]))]),
    });

    private static JsonObject ShapeOf(TensorSpec tensor)
    {
        var shape = ListOf(Typed("integer"));
        shape["description"] = $"{Shapes.Describe([.. tensor.Shape])}, -1 for any size.";
        return shape;
    }

    private static JsonObject ValueOf(RowColumn column)
    {
        if (column.Categories is { } names)
        {
            var values = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
            if (column.CanLack) values.Add(null);
            return new JsonObject { ["enum"] = values };
        }

        var type = column.Datatype == Datatype.Bytes ? "string" : column.Datatype == Datatype.Bool ? "boolean" : column.Datatype.IsFloatingPoint() ? "number" : "integer";
        return column.CanLack ? new JsonObject { ["type"] = new JsonArray(type, "null") } : Typed(type);
    }

    /// <summary>An object all of whose members are needed.</summary>
    private static JsonObject ObjectOf(IReadOnlyList<(string Name, JsonObject Schema)> members, bool isClosed = false)
    {
        var schema = Typed("object");
        schema["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Name))]);
        schema["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema)));
        if (isClosed) schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject ListOf(JsonObject items)
    {
        var list = Typed("array");
        list["items"] = items;
        return list;
    }

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonObject Constant(string value) => new() { ["const"] = value };
}
