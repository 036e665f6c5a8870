{{- define "holdfast.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "holdfast.fullname" -}}
{{- $name := include "holdfast.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "holdfast.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "holdfast.selectorLabels" . }}
{{- end }}

{{- define "holdfast.selectorLabels" -}}
app.kubernetes.io/name: {{ include "holdfast.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The pods of the webhook; a test pod of the release is none of them. */}}
{{- define "holdfast.webhookLabels" -}}
{{ include "holdfast.selectorLabels" . }}
app.kubernetes.io/component: webhook
{{- end }}

{{- define "holdfast.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{ end }}
{{- end -}}
{{- end }}

{{- define "holdfast.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "holdfast.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{- required "serviceAccount.name is needed where serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{/* The Secret with tls.crt and tls.key. */}}
{{- define "holdfast.certificateSecret" -}}
{{- if eq .Values.certificates.mode "existingSecret" -}}
{{- required "certificates.existingSecret.name is needed in mode existingSecret" .Values.certificates.existingSecret.name }}
{{- else -}}
{{- include "holdfast.fullname" . }}-tls
{{- end -}}
{{- end }}

{{/* Where the API server gets the authority from that it is to trust: cert-manager writes it in. */}}
{{- define "holdfast.injection" -}}
{{- if eq .Values.certificates.mode "certManager" }}
annotations:
  cert-manager.io/inject-ca-from: {{ .Release.Namespace }}/{{ include "holdfast.fullname" . }}-tls
{{- end }}
{{- end }}

{{/* holdfast.json: the profile, the operator's part, and where the key of fingerprints is. */}}
{{- define "holdfast.config" -}}
{{- $own := dict "profile" .Values.profile "customResources" .Values.customResources "events" .Values.events }}
{{- $document := merge $own .Values.config }}
{{- if eq .Values.certificates.mode "selfManaged" }}
{{- $name := include "holdfast.fullname" . }}
{{- $kept := dict "secret" (include "holdfast.certificateSecret" .) "service" $name "webhookConfigurations" (list $name) }}
{{- $document = set $document "selfManagedCertificate" $kept }}
{{- end }}
{{- if .Values.fingerprintKey.existingSecret }}
{{- $document = set $document "fingerprintKeyFile" "/etc/holdfast-fingerprint/key" }}
{{- end }}
{{- toPrettyJson $document }}
{{- end }}
