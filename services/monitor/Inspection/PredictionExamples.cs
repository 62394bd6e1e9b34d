namespace Platform.Monitor.Inspection;

/// <summary>Examples of predictions, for the API's description.</summary>
internal static class PredictionExamples
{
    public const string Id = "0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e11";

    public const string Feedback = $$$"""
        {"id":"0639010522000000000-3f0c5a5e0f5b4c0e9d0e8f3f6f1c2a77","predictionId":"{{{Id}}}","model":"credit","version":"1","verdict":"disagree",
         "label":"good","attributions":[{"feature":"age","comment":"should not count so much"}],"comment":null,"by":"ana","at":"2026-11-20T10:00:00Z"}
        """;

    public const string Row = $$$"""
        {"predictionId":"{{{Id}}}","features":{"age":44,"purpose":"car","savings":null},"class":"bad","score":0.83,"value":null,
         "outputs":{"probabilities":[0.17,0.83]},"label":{"label":"good","at":"2026-11-20T10:00:00Z"},"feedback":[{{{Feedback}}}]}
        """;

    public const string Answer = $$$"""
        {"id":"{{{Id}}}","model":"credit","version":"1","route":"champion","status":"succeeded","error":null,"time":"2026-11-20T09:30:00Z",
         "latencyMs":1.2,"timings":{"queueMicros":100,"batchMicros":50,"computeMicros":800,"totalMicros":1200},
         "requestId":"0198c0f2-7d5e-7c3a-9d2b-4b1f0a6c8e12","traceId":null,"routeKey":null,
         "rowCount":1,"rows":[{{{Row}}}],
         "inputs":[{"name":"input","datatype":"FP32","shape":[1,3],"data":[44,0,null],"stride":1}],
         "hidden":[],
         "links":{"version":"/v1/models/credit/versions/1","lineage":"/v1/models/credit/versions/1/lineage",
          "explanations":"/v1/models/credit/explanations","feedback":"/v1/predictions/{{{Id}}}/feedback"}}
        """;
}
