{{/* One webhook. Takes: root, endpoint (mutate or validate), group, default (failure policy) and rules (text). */}}
{{- define "holdfast.webhook" -}}
{{- $values := index .root.Values.webhooks .group }}
{{- if and $values.enabled (or (ne .group "policies") .root.Values.customResources) }}
{{- $default := ternary "Ignore" .default (eq .root.Values.profile "observe") }}
- name: {{ .group }}.{{ .endpoint }}.holdfast.dev
  admissionReviewVersions: [v1]
  sideEffects: None
  timeoutSeconds: {{ $values.timeoutSeconds }}
  failurePolicy: {{ default $default $values.failurePolicy }}
  matchPolicy: Equivalent
  {{- if eq .endpoint "mutate" }}
  reinvocationPolicy: IfNeeded
  {{- end }}
  clientConfig:
    service:
      name: {{ include "holdfast.fullname" .root }}
      namespace: {{ .root.Release.Namespace }}
      path: /{{ .endpoint }}
      port: 443
    {{- with .root.Values.certificates }}
    {{- if eq .mode "existingSecret" }}
    caBundle: {{ required "certificates.existingSecret.caBundle is needed in mode existingSecret" .existingSecret.caBundle | b64enc }}
    {{- end }}
    {{- end }}
  {{- if ne .group "policies" }}
  # By the namespace's name, a label that the API server sets itself and that nobody can change: whoever may label a
  # namespace cannot exempt it.
  namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: NotIn
        values: {{ concat (list "kube-system" .root.Release.Namespace) .root.Values.webhooks.exemptNamespaces | uniq | toJson }}
  {{- end }}
  {{- with $values.matchConditions }}
  matchConditions:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    {{- .rules | trim | nindent 4 }}
{{- end }}
{{- end }}

{{- define "holdfast.storageRules" }}
- apiGroups: [storage.k8s.io]
  apiVersions: ['*']
  operations: [CREATE, UPDATE]
  resources: [storageclasses, csidrivers, volumeattributesclasses]
- apiGroups: [snapshot.storage.k8s.io]
  apiVersions: ['*']
  operations: [CREATE, UPDATE]
  resources: [volumesnapshotclasses]
- apiGroups: ['']
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [persistentvolumes, persistentvolumeclaims, configmaps]
{{- end }}

{{- define "holdfast.deletionsRules" }}
- apiGroups: ['']
  apiVersions: [v1]
  operations: [DELETE]
  resources: [persistentvolumes, persistentvolumeclaims]
- apiGroups: [snapshot.storage.k8s.io]
  apiVersions: ['*']
  operations: [DELETE]
  resources: [volumesnapshotcontents]
{{- end }}

{{- define "holdfast.podsRules" }}
- apiGroups: ['']
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [pods, pods/ephemeralcontainers, podtemplates, replicationcontrollers]
- apiGroups: [apps]
  apiVersions: ['*']
  operations: [CREATE, UPDATE]
  resources: [deployments, replicasets, statefulsets, daemonsets]
- apiGroups: [batch]
  apiVersions: ['*']
  operations: [CREATE, UPDATE]
  resources: [jobs, cronjobs]
{{- end }}

{{- define "holdfast.secretsRules" }}
- apiGroups: ['']
  apiVersions: [v1]
  operations: [CREATE, UPDATE]
  resources: [secrets]
{{- end }}

{{- define "holdfast.policiesRules" }}
- apiGroups: [policy.holdfast.dev]
  apiVersions: ['*']
  operations: [CREATE, UPDATE]
  resources: [storagepolicies, storagepolicyexceptions, clusterstoragepolicyexceptions]
{{- end }}
