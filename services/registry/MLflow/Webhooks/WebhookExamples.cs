using System.Text.Json.Nodes;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Webhooks;

/// <summary>What a webhook is told when it is tried.</summary>
internal static class WebhookExamples
{
    public static JsonObject Of(WebhookEvent about) => (about.Entity, about.Action) switch
    {
        ("REGISTERED_MODEL", _) => WebhookPayload.Model("example_model", new Dictionary<string, string> { ["example_key"] = "example_value" }, "An example registered model"),
        ("MODEL_VERSION", _) => WebhookPayload.Version("example_model", "1", "models:/123", "abcd1234abcd5678",
            new Dictionary<string, string> { ["example_key"] = "example_value" }, "An example model version"),
        ("MODEL_VERSION_TAG", "SET") => WebhookPayload.Tag("example_model", "1", "example_key", "example_value"),
        ("MODEL_VERSION_TAG", _) => WebhookPayload.Tag("example_model", "1", "example_key", null),
        ("MODEL_VERSION_ALIAS", "CREATED") => WebhookPayload.Alias("example_model", "example_alias", "1"),
        ("MODEL_VERSION_ALIAS", _) => WebhookPayload.Alias("example_model", "example_alias", null),
        _ => throw MLflowException.NotImplemented($"Nothing of the kind '{about.Entity}' happens here."),
    };
}
